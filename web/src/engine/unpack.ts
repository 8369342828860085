import { XzReadableStream } from 'xz-decompress';

/** The bytes that gzip packed. No blob is read: WebKit refuses that to a page opened from a file. */
export async function unpackGzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { readable, writable } = new DecompressionStream('gzip');
  const writer = writable.getWriter();
  // a failure is reported by the side that reads
  writer.write(bytes as BufferSource).catch(() => {});
  writer.close().catch(() => {});
  return all(readable);
}

/** The bytes that xz packed, which browsers do not unpack themselves. */
export async function unpackXz(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return all(new XzReadableStream(packed));
}

async function all(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The bytes of a base64 text. */
export function fromBase64(text: string): Uint8Array {
  const letters = atob(text);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i += 1) bytes[i] = letters.charCodeAt(i);
  return bytes;
}
