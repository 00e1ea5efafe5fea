import { onLoad } from "@srcnexus/ext-sdk";
import { share } from "../notes";

onLoad(() => share("left"));
