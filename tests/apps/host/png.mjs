/** PNG as far as tests need it: flat pictures of any size and with any text are written, pictures without interlacing read to the pixel. */
import { crc32, deflateSync, inflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const channelsOf = { 0: 1, 2: 3, 4: 2, 6: 4 };

function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A picture of one colour, [grey] or [red, green, blue], with further chunks: [type, body]. */
export function flatPng(width, height, colour, chunks = []) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  header[9] = colour.length === 1 ? 0 : 2;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * colour.length, Buffer.from(colour))]);
  const rows = Buffer.alloc(row.length * height);
  for (let y = 0; y < height; y++) row.copy(rows, y * row.length);
  const more = chunks.map(([type, body]) => chunk(type, body));
  return Buffer.concat([signature, chunk('IHDR', header), ...more, chunk('IDAT', deflateSync(rows, { level: 1 })), chunk('IEND', Buffer.alloc(0))]);
}

function readChunks(bytes) {
  const chunks = [];
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + 8 + length) });
  }
  return chunks;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

const predictors = [
  () => 0,
  left => left,
  (left, above) => above,
  (left, above) => (left + above) >> 1,
  paeth,
];

function unfilter(data, rowBytes, height, step) {
  const rows = Buffer.alloc(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const predict = predictors[data[y * (rowBytes + 1)]];
    for (let x = 0; x < rowBytes; x++) {
      const at = y * rowBytes + x;
      const left = x >= step ? rows[at - step] : 0;
      const above = y > 0 ? rows[at - rowBytes] : 0;
      const corner = x >= step && y > 0 ? rows[at - rowBytes - step] : 0;
      rows[at] = data[y * (rowBytes + 1) + 1 + x] + predict(left, above, corner);
    }
  }
  return rows;
}

/** → { width, height, channels, pixels }: a byte for each channel; of a picture of one bit, 0 or 255. */
export function readPng(bytes) {
  const chunks = readChunks(bytes);
  const { body: header } = chunks.find(({ type }) => type === 'IHDR');
  const [width, height, depth, colour] = [header.readUInt32BE(0), header.readUInt32BE(4), header[8], header[9]];
  const channels = channelsOf[colour];
  if (!channels || header[12] !== 0 || (depth !== 8 && depth !== 1)) throw new Error(`a PNG of ${depth} bits and colour type ${colour} is not read here`);
  const data = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ body }) => body)));
  const rowBytes = Math.ceil(width * channels * depth / 8);
  const rows = unfilter(data, rowBytes, height, Math.max(1, channels * depth >> 3));
  return { width, height, channels, pixels: depth === 8 ? rows : unpackBits(rows, width, height, rowBytes) };
}

function unpackBits(rows, width, height, rowBytes) {
  const pixels = Buffer.alloc(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) pixels[y * width + x] = rows[y * rowBytes + (x >> 3)] >> (7 - (x & 7)) & 1 ? 255 : 0;
  }
  return pixels;
}

export const fromDataUrl = url => Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
