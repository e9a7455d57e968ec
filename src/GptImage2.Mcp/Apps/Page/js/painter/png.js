// Writes a mask as a black and white PNG of one bit for each pixel, white where the image is to change.
// Pauses now and then, so that a large mask does not hold up the next stroke.
async function maskRows({ width, height, pixels: live }) {
  // What is painted during a pause belongs to the next mask.
  const pixels = live.slice(), stride = Math.ceil(width / 8) + 1, rows = new Uint8Array(stride * height);
  for (let y = 0; y < height; y++) {
    if (y % 256 === 255) await pause(0);
    const row = pixels.subarray(y * width, (y + 1) * width), last = row.lastIndexOf(1);
    for (let x = row.indexOf(1); x <= last && last >= 0; x++) if (row[x]) rows[y * stride + 1 + (x >> 3)] |= 128 >> (x & 7);
  }
  return rows;
}

const bigEndian = number => [24, 16, 8, 0].map(shift => number >>> shift & 255);

function checksum(bytes) {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = crc >>> 1 ^ (crc & 1 && 0xEDB88320);
  }
  return ~crc;
}

function pngChunk(name, content) {
  const body = [...new TextEncoder().encode(name), ...content];
  return [...bigEndian(content.length), ...body, ...bigEndian(checksum(body))];
}

// A data URL; what takes long, the compression, runs outside the main thread.
async function maskToPng(mask) {
  const packed = new Response(await maskRows(mask)).body.pipeThrough(new CompressionStream('deflate'));
  const content = new Uint8Array(await new Response(packed).arrayBuffer());
  const header = [...bigEndian(mask.width), ...bigEndian(mask.height), 1, 0, 0, 0, 0];
  const bytes = [137, 80, 78, 71, 13, 10, 26, 10, ...pngChunk('IHDR', header), ...pngChunk('IDAT', content), ...pngChunk('IEND', [])];
  return 'data:image/png;base64,' + btoa(bytes.reduce((text, byte) => text + String.fromCharCode(byte), ''));
}
