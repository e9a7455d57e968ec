// The exact parts of a picture: fetched for what is visible, on a grid of 384 pixels (or doublings of it when zoomed out), kept up to 40 MB.
const tileEdge = 384;
const tileMemory = 40e6;

class Tiles {
  constructor(changed) {
    this.changed = changed;
    this.kept = new Map();
    this.pending = new Set();
    this.wanted = [];
  }

  // Forgets all; source: as 'part' of ZoomCanvas.setPicture.
  reset(source, width, height) {
    for (const tile of this.kept.values()) tile.bitmap.close();
    clearTimeout(this.timer);
    Object.assign(this, { source, width, height, kept: new Map(), pending: new Set(), wanted: [] });
  }

  // The kept parts, coarse ones first.
  ready() {
    return [...this.kept.values()].sort((one, other) => other.level - one.level);
  }

  // Fetches what the view lacks, once it has been still for a moment.
  want(view, deviceScale, previewScale, previewIsExact) {
    this.wanted = [];
    const sharp = deviceScale <= previewScale * 1.1 && (previewIsExact || deviceScale < 1);
    if (!this.source || sharp && deviceScale < 1 || previewIsExact) return;
    const level = Math.max(0, Math.floor(Math.log2(1 / deviceScale) + 0.01));
    const size = tileEdge * 2 ** level;
    const middle = { x: view.x + view.width / 2, y: view.y + view.height / 2 };
    for (let y = Math.floor(view.y / size) * size; y < view.y + view.height; y += size) {
      for (let x = Math.floor(view.x / size) * size; x < view.x + view.width; x += size) {
        const key = level + ' ' + x + ' ' + y;
        const far = Math.hypot(x + size / 2 - middle.x, y + size / 2 - middle.y);
        if (!this.touch(key)) this.wanted.push({ key, level, far, x, y, width: Math.min(size, this.width - x), height: Math.min(size, this.height - y) });
      }
    }
    this.wanted.sort((one, other) => one.far - other.far);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), 60);
  }

  // Whether the part is kept; it then counts as the newest.
  touch(key) {
    const tile = this.kept.get(key);
    if (!tile) return false;
    this.kept.delete(key);
    this.kept.set(key, tile);
    return true;
  }

  load() {
    for (const tile of this.wanted) {
      if (this.pending.size >= 4) return;
      if (!this.pending.has(tile.key)) this.fetch(tile);
    }
  }

  async fetch(tile) {
    const pending = this.pending;
    pending.add(tile.key);
    try {
      const data = await this.source({ x: tile.x, y: tile.y, width: tile.width, height: tile.height, edge: tileEdge });
      const bitmap = await decode(data);
      if (pending !== this.pending) return bitmap.close();
      this.kept.set(tile.key, { ...tile, bitmap });
      this.shrink();
      pending.delete(tile.key);
      this.changed();
    } catch (error) {
      // The key stays in 'pending': a part that failed is not asked for again; the preview shows in its place.
      announce(error.message);
    }
  }

  shrink() {
    let bytes = 0;
    for (const tile of this.kept.values()) bytes += tile.bitmap.width * tile.bitmap.height * 4;
    for (const [key, tile] of this.kept) {
      if (bytes <= tileMemory) return;
      bytes -= tile.bitmap.width * tile.bitmap.height * 4;
      tile.bitmap.close();
      this.kept.delete(key);
    }
  }
}
