// The WebAssembly package; the build points this name at bindings/web/pkg.
declare module 'tlevel-engine' {
  export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
  export class Workspace {
    static open(
      bytes: Uint8Array | null,
      name: string,
      progress?: (stage: string, done: number, total: number) => void,
    ): Workspace;
    free(): void;
    [method: string]: unknown;
  }
}
