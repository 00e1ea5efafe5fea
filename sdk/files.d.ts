/**
 * What importing a file that is no code gives, by its ending. A project that
 * uses a framework with declarations of its own leaves these out; others have
 * them with
 *
 * ```ts
 * /// <reference types="@srcnexus/ext-sdk/files" />
 * ```
 *
 * The attribute `type` has it otherwise, for files of any ending: `with { type:
 * "text" }` gives a string, "base64" a string of base64, "json" a value, "bytes"
 * a `Uint8Array`.
 */

declare module "*.txt" { const text: string; export default text; }
declare module "*.md" { const text: string; export default text; }
declare module "*.markdown" { const text: string; export default text; }
declare module "*.html" { const text: string; export default text; }
declare module "*.htm" { const text: string; export default text; }
declare module "*.css" { const text: string; export default text; }
declare module "*.svg" { const text: string; export default text; }
declare module "*.xml" { const text: string; export default text; }
declare module "*.yaml" { const text: string; export default text; }
declare module "*.yml" { const text: string; export default text; }
declare module "*.toml" { const text: string; export default text; }
declare module "*.csv" { const text: string; export default text; }
declare module "*.graphql" { const text: string; export default text; }
declare module "*.gql" { const text: string; export default text; }
declare module "*.sql" { const text: string; export default text; }
declare module "*.glsl" { const text: string; export default text; }

declare module "*.png" { const base64: string; export default base64; }
declare module "*.jpg" { const base64: string; export default base64; }
declare module "*.jpeg" { const base64: string; export default base64; }
declare module "*.gif" { const base64: string; export default base64; }
declare module "*.webp" { const base64: string; export default base64; }
declare module "*.avif" { const base64: string; export default base64; }
declare module "*.bmp" { const base64: string; export default base64; }
declare module "*.ico" { const base64: string; export default base64; }
declare module "*.woff" { const base64: string; export default base64; }
declare module "*.woff2" { const base64: string; export default base64; }
declare module "*.ttf" { const base64: string; export default base64; }
declare module "*.otf" { const base64: string; export default base64; }
declare module "*.mp3" { const base64: string; export default base64; }
declare module "*.wav" { const base64: string; export default base64; }
declare module "*.ogg" { const base64: string; export default base64; }
declare module "*.mp4" { const base64: string; export default base64; }
declare module "*.pdf" { const base64: string; export default base64; }
declare module "*.zip" { const base64: string; export default base64; }
declare module "*.wasm" { const base64: string; export default base64; }
declare module "*.bin" { const base64: string; export default base64; }
