// Writes a mask as a black and white PNG of one bit for each pixel, white where the image is to change.
function maskRows({ width, height, pixels }) {
  const stride = Math.ceil(width / 8) + 1, rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    const row = pixels.subarray(y * width, (y + 1) * width), first = row.indexOf(1);
    if (first < 0) continue;
    for (let x = first, last = row.lastIndexOf(1); x <= last; x++) if (row[x]) rows[y * stride + 1 + (x >> 3)] |= 128 >> (x & 7);
  }
  return rows;
}

function checksum(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 && 0xEDB88320);
  }
  return ~crc;
}

function pngChunk(name, content) {
  const chunk = new Uint8Array(content.length + 12), view = new DataView(chunk.buffer);
  view.setUint32(0, content.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = name.charCodeAt(i);
  chunk.set(content, 8);
  view.setInt32(content.length + 8, checksum(chunk.subarray(4, content.length + 8)));
  return chunk;
}

// Returns a data URL; compression runs outside the main thread.
async function maskToPng(mask) {
  const header = new Uint8Array(13), view = new DataView(header.buffer);
  view.setUint32(0, mask.width);
  view.setUint32(4, mask.height);
  header[8] = 1;
  const packed = new Response(maskRows(mask)).body.pipeThrough(new CompressionStream('deflate'));
  const content = new Uint8Array(await new Response(packed).arrayBuffer());
  const signature = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10), parts = [signature, pngChunk('IHDR', header), pngChunk('IDAT', content), pngChunk('IEND', [])];
  let text = '';
  for (const part of parts) for (let i = 0; i < part.length; i += 32768) text += String.fromCharCode(...part.subarray(i, i + 32768));
  return 'data:image/png;base64,' + btoa(text);
}
