// The mask: one byte for each pixel of the image (1 = change), with operations that can be undone.
// A box is [left, top, right, bottom], right and bottom outside of it.
class Mask {
  constructor(width, height) {
    // 'saved' is as 'pixels' was before the open step: what is undone is taken from it.
    const pixels = new Uint8Array(width * height);
    Object.assign(this, { width, height, pixels, saved: pixels.slice(), marked: 0, done: [], undone: [] });
  }

  // Everything up to end() is undone as one step, so that a stroke of many movements is one.
  begin() {
    this.open = { marked: this.marked };
    this.box = null;
  }

  end() {
    const { done, box, open } = this;
    this.open = null;
    if (!box || !open) return;
    this.undone = [];
    this.keep(done, box, open.marked);
    while (done.length > 50 || done.reduce((sum, step) => sum + step.pixels.length, 0) > 48e6) done.shift();
  }

  // Ends the open step as if it had never begun.
  abandon() {
    this.end();
    if (this.box) this.travel(this.done, []);
  }

  // Runs an operation, as a step of its own unless one is open, and returns the step's box: null when nothing changed.
  change(operation) {
    const alone = !this.open;
    if (alone) this.begin();
    operation();
    if (alone) this.end();
    return this.box;
  }

  undo() {
    return this.travel(this.done, this.undone);
  }

  redo() {
    return this.travel(this.undone, this.done);
  }

  travel(from, to) {
    const step = !this.open && from.pop(), { marked } = this;
    if (!step) return null;
    this.eachRow(step.box, (start, end, offset) => this.pixels.set(step.pixels.subarray(offset, offset + end - start), start));
    this.marked = step.marked;
    this.keep(to, step.box, marked);
    return step.box;
  }

  // Puts what was in a box on a list, and saves what is in it now.
  keep(list, box, marked) {
    const { pixels, saved } = this, before = new Uint8Array((box[2] - box[0]) * (box[3] - box[1]));
    this.eachRow(box, (start, end, offset) => {
      before.set(saved.subarray(start, end), offset);
      saved.set(pixels.subarray(start, end), start);
    });
    list.push({ box, marked, pixels: before });
  }

  eachRow([left, top, right, bottom], copy) {
    for (let y = top; y < bottom; y++) copy(y * this.width + left, y * this.width + right, (y - top) * (right - left));
  }

  // The pixels of one row, without those at its ends that are so already.
  span(y, from, to, value) {
    const { pixels } = this, row = y * this.width;
    from = Math.max(0, from);
    to = Math.min(this.width, to);
    while (from < to && pixels[row + from] === value) from++;
    if (from >= to) return;
    while (pixels[row + to - 1] === value) to--;
    for (let i = row + from; i < row + to; i++) if (pixels[i] !== value) {
      pixels[i] = value;
      this.marked += value || -1;
    }
    const box = this.box ??= [from, y, to, y];
    if (from < box[0]) box[0] = from;
    if (y < box[1]) box[1] = y;
    if (to > box[2]) box[2] = to;
    if (y >= box[3]) box[3] = y + 1;
  }

  // The inside of an outline of [x, y] points; where the outline crosses itself, every second part is inside.
  polygon(points, value = 1) {
    const rows = [];
    points.forEach(([x2, y2], index) => {
      const [x1, y1] = points.at(index - 1), last = Math.min(this.height, Math.ceil(Math.max(y1, y2) - 0.5));
      for (let y = Math.max(0, Math.ceil(Math.min(y1, y2) - 0.5)); y < last; y++) (rows[y] ??= []).push(Math.ceil(x1 + (y + 0.5 - y1) / (y2 - y1) * (x2 - x1) - 0.5));
    });
    return this.change(() => rows.forEach((ends, y) => {
      ends.sort((one, other) => one - other);
      for (let i = 0; i < ends.length; i += 2) this.span(y, ends[i], ends[i + 1], value);
    }));
  }

  rectangle(x, y, width, height, value) {
    return this.polygon([[x, y], [x + width, y], [x + width, y + height], [x, y + height]], value);
  }

  // One movement of a round brush: a line with round ends, never thinner than a pixel.
  capsule(x1, y1, x2, y2, radius, value) {
    const size = Math.max(radius, 0.71), corners = 8 + Math.ceil(2 * Math.sqrt(size)), points = [];
    const start = Math.atan2(y2 - y1, x2 - x1) + Math.PI / 2;
    for (let i = -corners; i <= corners + 1; i++) {
      const near = i <= 0, angle = start + Math.PI * (near ? i + corners : i - 1 + corners) / corners;
      points.push([(near ? x1 : x2) + size * Math.cos(angle), (near ? y1 : y2) + size * Math.sin(angle)]);
    }
    return this.polygon(points, value);
  }

  // What is connected to a pixel of the preview and alike in colour.
  flood(preview, x, y, tolerance, value = 1) {
    const { width, height } = preview, found = floodByColour(preview, x, y, tolerance);
    return this.change(() => {
      for (let row = 0; row < this.height; row++) {
        const line = Math.floor((row + 0.5) * height / this.height) * width, scale = this.width / width;
        for (let from = 0; from < width; from++) if (found[line + from]) {
          let to = from;
          while (to < width && found[line + to]) to++;
          this.span(row, Math.round(from * scale), Math.round(to * scale), value);
          from = to;
        }
      }
    });
  }

  invert() {
    return this.change(() => {
      for (let i = 0; i < this.pixels.length; i++) this.pixels[i] ^= 1;
      this.marked = this.pixels.length - this.marked;
      this.box = [0, 0, this.width, this.height];
    });
  }

  clear() {
    return this.rectangle(0, 0, this.width, this.height, 0);
  }
}
