// One picture as a ZoomCanvas draws it: a preview, and exact parts of what is visible, on a grid of 384 pixels (doubled when zoomed out).
const tileEdge = 384;
// 40 MB of decoded parts.
const tilesKept = 68;

class Layer {
  tiles = new Map();
  width = 0;

  constructor(changed) {
    this.changed = changed;
  }

  // picture: as in ZoomCanvas.setPicture; false when another one was set meanwhile.
  async setPicture(picture) {
    this.next = picture;
    const preview = await decode(picture.preview);
    if (picture !== this.next) return false;
    this.clear();
    const { width = preview.width, height = preview.height } = picture;
    Object.assign(this, { asked: picture, preview, width, height });
    return true;
  }

  clear() {
    clearTimeout(this.timer);
    this.preview?.close();
    for (const tile of this.tiles.values()) tile.bitmap.close();
    this.tiles = new Map();
    this.pending = new Set();
    this.width = 0;
    this.next = this.preview = null;
  }

  // What there is to draw: the preview, then the parts, coarse ones first.
  pieces() {
    const parts = [...this.tiles.values()].sort((one, other) => other.step - one.step);
    return [{ ...this, x: 0, y: 0, bitmap: this.preview }, ...parts];
  }

  // Fetches the parts that the view lacks, once it has been still for a moment.
  want(view, deviceScale) {
    clearTimeout(this.timer);
    const enough = deviceScale < 1 && deviceScale * this.width <= this.preview.width * 1.1;
    if (!this.asked.part || enough) return;
    const step = 2 ** Math.max(0, Math.floor(0.01 - Math.log2(deviceScale)));
    const size = tileEdge * step;
    const wanted = [];
    for (let y = view.y - view.y % size; y < view.y + view.height; y += size) {
      for (let x = view.x - view.x % size; x < view.x + view.width; x += size) {
        const key = [step, x, y].join();
        const tile = this.tiles.get(key);
        this.tiles.delete(key);
        // Put in again as the newest.
        if (tile) this.tiles.set(key, tile);
        else wanted.push({ key, step, area: { x, y, width: Math.min(size, this.width - x), height: Math.min(size, this.height - y) } });
      }
    }
    // Four at once: the next ones are wanted again when one of them is drawn.
    const load = tile => this.pending.size < 4 && !this.pending.has(tile.key) && this.fetch(tile);
    this.timer = setTimeout(() => wanted.forEach(load), 60);
  }

  // A part that failed is asked for again when the view moves; until then the preview shows in its place.
  async fetch({ key, step, area }) {
    const { pending, tiles } = this;
    pending.add(key);
    try {
      const bitmap = await decode(await this.asked.part({ ...area, edge: tileEdge }));
      if (tiles !== this.tiles) return bitmap.close();
      tiles.set(key, { ...area, step, bitmap });
      if (tiles.size > tilesKept) {
        const [[oldest, tile]] = tiles;
        tile.bitmap.close();
        tiles.delete(oldest);
      }
      this.changed();
    } finally {
      pending.delete(key);
    }
  }
}

// A data URL -> ImageBitmap, decoded off the main thread.
async function decode(dataUrl) {
  const [head, base64] = dataUrl.split(',');
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return createImageBitmap(new Blob([bytes], { type: head.slice(5, -7) }));
}
