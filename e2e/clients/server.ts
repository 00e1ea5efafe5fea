// The server that a program talks to, which its test starts, kills and starts
// again when the program asks for it.
import { host } from "@srcnexus/ext-sdk";

/** Where it listens: the same port each time. */
export const address = (): Promise<string> => host.call("server.address") as Promise<string>;

/** Kills it, as a crash does: without a word to its clients. */
export const kill = (): Promise<unknown> => host.call("server.kill");

/** Starts it again. */
export const restart = (): Promise<unknown> => host.call("server.restart");

/** Waits until every extension of the test has come to a place of this name. */
export const meet = (place: string): Promise<unknown> => host.call("server.meet", { place });
