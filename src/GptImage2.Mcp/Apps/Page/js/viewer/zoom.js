// A picture to zoom and pan, with an overlay on top and, for comparing, a second picture on the left of a dividing line.
class ZoomCanvas {
  // overlay(context2d, toScreen): draws above the picture in CSS pixels at every frame.
  overlay;
  // tool {down(point, event), move(point, event), up(point, event), cancel()}: gets one pointer's strokes in image pixels, instead of panning.
  tool;
  // onchange(): after every zoom or pan.
  onchange;
  // 'checkerboard' or any CSS colour behind a picture with alpha.
  background = 'checkerboard';
  // How much of the canvas shows the picture before, from 0 to 1.
  split = 0.5;
  // Asks for one drawing at the next frame, however often it is called.
  redraw = () => this.frame ??= requestAnimationFrame(() => this.draw());

  picture = new Layer(this.redraw);
  before = new Layer(this.redraw);
  width = 0;
  height = 0;
  scale = 1;
  left = 0;
  top = 0;
  fitted = true;

  // root: where it goes. label: its name for a screen reader.
  constructor(root, label) {
    this.canvas = el('canvas', { class: 'zoom', tabindex: 0, role: 'img', 'aria-label': label });
    root.append(this.canvas);
    new ResizeObserver(() => this.resize()).observe(this.canvas);
    listenToGestures(this);
  }

  // picture: {width, height, alpha, preview: data URL, part: async ({x, y, width, height, edge}) => data URL, or none}; zoom is kept when the size is the same.
  async setPicture(picture) {
    if (!await this.picture.setPicture(picture)) return;
    const { width, height } = this.picture;
    this.fitted ||= width !== this.width || height !== this.height;
    Object.assign(this, { width, height });
    this.canvas.style.aspectRatio = width / height;
    this.resize();
  }

  // Image pixels -> CSS pixels of the canvas.
  toScreen = (x, y) => ({ x: this.left + x * this.scale, y: this.top + y * this.scale });

  // CSS pixels of the canvas -> image pixels (not rounded).
  toImage = (x, y) => ({ x: (x - this.left) / this.scale, y: (y - this.top) / this.scale });

  // A pointer event's place in CSS pixels of the canvas.
  placeOf(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }

  // A pointer event's place in image pixels.
  eventToImage(event) {
    const { x, y } = this.placeOf(event);
    return this.toImage(x, y);
  }

  // Device pixels per image pixel; 1 = real pixels.
  get deviceScale() {
    return this.scale * devicePixelRatio;
  }

  get fitScale() {
    return Math.min(this.viewWidth / this.width, this.viewHeight / this.height);
  }

  fit() {
    this.moveTo(this.fitScale, 0, 0);
  }

  // One image pixel on one pixel of the screen, about a point of the canvas.
  realPixels(x, y) {
    this.zoomBy(1 / this.deviceScale, x, y);
  }

  zoomBy(factor, x = this.viewWidth / 2, y = this.viewHeight / 2) {
    const real = 1 / devicePixelRatio;
    const scale = clamp(this.scale * factor, Math.min(this.fitScale, real), 32 * real);
    const point = this.toImage(x, y);
    this.moveTo(scale, x - point.x * scale, y - point.y * scale);
  }

  panBy(x, y) {
    this.moveTo(this.scale, this.left + x, this.top + y);
  }

  moveTo(scale, left, top) {
    const within = (start, rest) => rest > 0 ? rest / 2 : clamp(start, rest, 0);
    const wide = this.viewWidth - this.width * scale;
    const high = this.viewHeight - this.height * scale;
    this.scale = scale;
    this.left = within(left, wide);
    this.top = within(top, high);
    this.fitted = scale === this.fitScale;
    // With nothing to pan, one finger scrolls the chat.
    this.canvas.style.touchAction = this.tool || wide < -1 || high < -1 ? 'none' : 'pan-y';
    this.onchange?.();
    this.redraw();
  }

  resize() {
    const { canvas } = this;
    this.viewWidth = canvas.clientWidth;
    this.viewHeight = canvas.clientHeight;
    if (!this.viewWidth || !this.width) return;
    canvas.width = Math.round(this.viewWidth * devicePixelRatio);
    canvas.height = Math.round(this.viewHeight * devicePixelRatio);
    if (this.fitted) this.fit();
    else this.panBy(0, 0);
  }

  draw() {
    const context = this.context ??= this.canvas.getContext('2d');
    const { width, height } = this.canvas;
    this.frame = null;
    context.reset();
    if (this.before.width) {
      drawLayer(this, this.before);
      context.beginPath();
      context.rect(Math.round(this.split * width), 0, width, height);
      context.clip();
    }
    drawLayer(this, this.picture);
    context.scale(devicePixelRatio, devicePixelRatio);
    this.overlay?.(context, this.toScreen);
  }

  // The part of the image that is on the screen.
  visible() {
    const start = this.toImage(0, 0);
    const end = this.toImage(this.viewWidth, this.viewHeight);
    const x = Math.max(0, start.x);
    const y = Math.max(0, start.y);
    return { x, y, width: Math.min(this.width, end.x) - x, height: Math.min(this.height, end.y) - y };
  }

  destroy() {
    this.picture.clear();
    this.before.clear();
  }
}
