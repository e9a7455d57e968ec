// The mask: one byte for each pixel of the image (1 = change), with operations that can be undone.
const TILE = 256, UNDO_BYTES = 48 << 20, UNDO_STEPS = 50;

class Mask {
  constructor(width, height) {
    Object.assign(this, { width, height, marked: 0, done: [], undone: [], step: null });
    this.pixels = new Uint8Array(width * height);
  }

  get coverage() {
    return this.marked / this.pixels.length;
  }

  // Everything up to end() is undone as one step, so that a stroke of many movements is one.
  begin() {
    this.step ??= { tiles: new Map(), marked: this.marked, bytes: 0 };
  }

  end() {
    const step = this.step;
    this.step = null;
    if (!step?.tiles.size) return;
    this.undone = [];
    this.done.push(step);
    let bytes = this.done.reduce((sum, { bytes }) => sum + bytes, 0);
    while (bytes > UNDO_BYTES || this.done.length > UNDO_STEPS) bytes -= this.done.shift().bytes;
  }

  // Ends the open step as if it had never begun.
  abandon() {
    const changed = this.step?.tiles.size;
    this.end();
    if (!changed) return null;
    const rectangle = this.undo();
    this.undone.pop();
    return rectangle;
  }

  // Runs one operation, as a step of its own unless one is open, and returns the changed rectangle or null.
  change(operation) {
    const alone = !this.step;
    this.begin();
    this.box = null;
    operation();
    if (alone) this.end();
    return this.box && { x: this.box[0], y: this.box[1], width: this.box[2] - this.box[0], height: this.box[3] - this.box[1] };
  }

  span(y, from, to, value) {
    from = Math.max(0, from);
    to = Math.min(this.width, to);
    if (y < 0 || y >= this.height || from >= to) return;
    const pixels = this.pixels, row = y * this.width;
    while (from < to && pixels[row + from] === value) from++;
    if (from === to) return;
    while (pixels[row + to - 1] === value) to--;
    this.keep(y, from, to);
    for (let index = row + from; index < row + to; index++) if (pixels[index] !== value) {
      pixels[index] = value;
      this.marked += value || -1;
    }
    this.grow(from, y, to, y + 1);
  }

  // Saves the tiles under a span before this step changes them for the first time.
  keep(y, from, to) {
    const { tiles } = this.step, row = (y / TILE | 0) * Math.ceil(this.width / TILE);
    for (let column = from / TILE | 0; column * TILE < to; column++) {
      if (tiles.has(row + column)) continue;
      const tile = this.swap(row + column);
      this.step.bytes += tile.length;
      tiles.set(row + column, tile);
    }
  }

  // Copies one tile out and, if pixels are given, puts those in its place.
  swap(key, replacement) {
    const across = Math.ceil(this.width / TILE), left = key % across * TILE, top = (key / across | 0) * TILE;
    const right = Math.min(this.width, left + TILE), bottom = Math.min(this.height, top + TILE), wide = right - left;
    const before = new Uint8Array(wide * (bottom - top));
    for (let y = top; y < bottom; y++) {
      const start = y * this.width + left, offset = (y - top) * wide;
      before.set(this.pixels.subarray(start, start + wide), offset);
      if (replacement) this.pixels.set(replacement.subarray(offset, offset + wide), start);
    }
    if (replacement) this.grow(left, top, right, bottom);
    return before;
  }

  grow(left, top, right, bottom) {
    const box = this.box ??= [left, top, right, bottom];
    if (left < box[0]) box[0] = left;
    if (top < box[1]) box[1] = top;
    if (right > box[2]) box[2] = right;
    if (bottom > box[3]) box[3] = bottom;
  }

  undo() {
    return this.travel(this.done, this.undone);
  }

  redo() {
    return this.travel(this.undone, this.done);
  }

  travel(from, to) {
    this.end();
    const step = from.pop();
    if (!step) return null;
    to.push(step);
    [this.marked, step.marked] = [step.marked, this.marked];
    return this.change(() => step.tiles.forEach((tile, key) => step.tiles.set(key, this.swap(key, tile))));
  }

  rectangle(x, y, width, height, value = 1) {
    return this.change(() => {
      for (let row = Math.max(0, y); row < Math.min(this.height, y + height); row++) this.span(row, x, x + width, value);
    });
  }

  // Fills the inside of [x, y] points; where the outline crosses itself, every second part is inside.
  polygon(points, value = 1) {
    const rows = points.map(([, y]) => y);
    const first = Math.max(0, Math.floor(rows.reduce((a, b) => Math.min(a, b))));
    const last = Math.min(this.height, Math.ceil(rows.reduce((a, b) => Math.max(a, b))));
    return this.change(() => {
      for (let y = first; y < last; y++) {
        const middle = y + 0.5, crossings = [];
        points.forEach(([x2, y2], index) => {
          const [x1, y1] = points.at(index - 1);
          if (y1 <= middle !== y2 <= middle) crossings.push(x1 + (middle - y1) / (y2 - y1) * (x2 - x1));
        });
        crossings.sort((a, b) => a - b);
        for (let i = 1; i < crossings.length; i += 2) this.span(y, Math.ceil(crossings[i - 1] - 0.5), Math.ceil(crossings[i] - 0.5), value);
      }
    });
  }

  // One movement of a round brush: a line with round ends, never thinner than a pixel.
  capsule(x1, y1, x2, y2, radius, value = 1) {
    const size = Math.max(radius, 0.71), corners = 8 + Math.ceil(2 * Math.sqrt(size)), points = [];
    const start = Math.atan2(y2 - y1, x2 - x1) + Math.PI / 2;
    for (let i = 0; i <= 2 * corners + 1; i++) {
      const far = i > corners, angle = start + Math.PI * (far ? i - 1 : i) / corners;
      points.push([(far ? x2 : x1) + size * Math.cos(angle), (far ? y2 : y1) + size * Math.sin(angle)]);
    }
    return this.polygon(points, value);
  }

  // Marks what is connected to a pixel of the preview and alike in colour.
  flood(preview, x, y, tolerance, value = 1) {
    const { width, height } = preview, found = floodByColour(preview, x, y, tolerance);
    return this.change(() => {
      for (let row = 0; row < this.height; row++) {
        const line = Math.floor((row + 0.5) * height / this.height) * width;
        for (let from = 0; from < width; from++) {
          if (!found[line + from]) continue;
          let to = from + 1;
          while (to < width && found[line + to]) to++;
          this.span(row, Math.round(from * this.width / width), Math.round(to * this.width / width), value);
          from = to;
        }
      }
    });
  }

  invert() {
    return this.change(() => {
      for (let y = 0; y < this.height; y += TILE) this.keep(y, 0, this.width);
      for (let i = 0; i < this.pixels.length; i++) this.pixels[i] ^= 1;
      this.marked = this.pixels.length - this.marked;
      this.grow(0, 0, this.width, this.height);
    });
  }

  clear() {
    return this.rectangle(0, 0, this.width, this.height, 0);
  }

  // The smallest rectangle around everything marked, or null.
  bounds() {
    if (!this.marked) return null;
    let left = this.width, right = 0, top = -1, bottom = 0;
    for (let y = 0; y < this.height; y++) {
      const row = this.pixels.subarray(y * this.width, (y + 1) * this.width), first = row.indexOf(1);
      if (first < 0) continue;
      if (top < 0) top = y;
      left = Math.min(left, first);
      right = Math.max(right, row.lastIndexOf(1) + 1);
      bottom = y + 1;
    }
    return { x: left, y: top, width: right - left, height: bottom - top };
  }
}
