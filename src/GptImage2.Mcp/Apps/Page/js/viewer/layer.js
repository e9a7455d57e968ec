// One picture as a ZoomCanvas draws it: a preview, and exact parts of what is visible, on a grid of 384 pixels (doubled when zoomed out).
const tileEdge = 384;
const tileMemory = 40e6;

class Layer {
  constructor(changed) {
    this.changed = changed;
    this.clear();
  }

  // picture: as in ZoomCanvas.setPicture; false when another one was set meanwhile.
  async setPicture(picture) {
    const asked = this.asked = picture;
    const preview = picture.preview && await decode(picture.preview);
    if (asked !== this.asked) {
      preview?.close();
      return false;
    }
    this.clear();
    this.preview = preview;
    this.width = picture.width ?? preview?.width ?? 0;
    this.height = picture.height ?? preview?.height ?? 0;
    this.exact = preview?.width === this.width && picture.preview.startsWith('data:image/png');
    return true;
  }

  clear() {
    clearTimeout(this.timer);
    this.preview?.close();
    for (const tile of this.tiles?.values() ?? []) tile.bitmap.close();
    this.preview = null;
    this.tiles = new Map();
    this.pending = new Set();
    this.failed = new Set();
    this.width = this.height = 0;
  }

  destroy() {
    this.asked = null;
    this.clear();
  }

  // What there is to draw: the preview, then the parts, coarse ones first.
  pieces() {
    const parts = [...this.tiles.values()].sort((one, other) => other.step - one.step);
    const whole = { x: 0, y: 0, width: this.width, height: this.height, bitmap: this.preview };
    return this.preview ? [whole, ...parts] : parts;
  }

  // Fetches the parts that the view lacks, once it has been still for a moment.
  want(view, deviceScale) {
    clearTimeout(this.timer);
    const enough = deviceScale < 1 && deviceScale * this.width <= (this.preview?.width ?? 0) * 1.1;
    if (!this.asked?.part || this.exact || enough) return;
    const step = 2 ** Math.max(0, Math.floor(0.01 - Math.log2(deviceScale)));
    const size = tileEdge * step;
    const wanted = [];
    for (let y = Math.floor(view.y / size) * size; y < view.y + view.height; y += size) {
      for (let x = Math.floor(view.x / size) * size; x < view.x + view.width; x += size) {
        const key = step + ' ' + x + ' ' + y;
        const width = Math.min(size, this.width - x);
        if (!this.touch(key)) wanted.push({ key, step, x, y, width, height: Math.min(size, this.height - y) });
      }
    }
    this.timer = setTimeout(() => this.load(wanted), 60);
  }

  // Whether the part is kept; it then counts as the newest.
  touch(key) {
    const tile = this.tiles.get(key);
    if (!tile) return this.failed.has(key);
    this.tiles.delete(key);
    return this.tiles.set(key, tile);
  }

  // Four at once: the next ones are wanted again when one of them is drawn.
  load(wanted) {
    for (const tile of wanted) {
      if (this.pending.size < 4 && !this.pending.has(tile.key)) this.fetch(tile);
    }
  }

  // A part that failed is not asked for again; the preview shows in its place.
  async fetch({ key, step, ...area }) {
    const { pending, failed } = this;
    pending.add(key);
    try {
      const bitmap = await decode(await this.asked.part({ ...area, edge: tileEdge }));
      if (pending !== this.pending) return bitmap.close();
      this.tiles.set(key, { ...area, step, bitmap });
      this.shrink();
    } catch {
      failed.add(key);
    }
    pending.delete(key);
    this.changed();
  }

  shrink() {
    const most = tileMemory / (tileEdge * tileEdge * 4);
    for (const [key, tile] of this.tiles) {
      if (this.tiles.size <= most) return;
      tile.bitmap.close();
      this.tiles.delete(key);
    }
  }
}

// A data URL -> ImageBitmap, decoded off the main thread.
async function decode(dataUrl) {
  const [head, base64] = dataUrl.split(',');
  return createImageBitmap(new Blob([bytesOf(base64)], { type: head.slice(5, -7) }));
}

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
