// A picture to zoom and pan, with an overlay on top and, for comparing, a second picture on the left of a dividing line.
const maxDeviceScale = 32;

class ZoomCanvas {
  // root: where it goes. label: its name for a screen reader.
  constructor(root, label) {
    this.canvas = el('canvas', { class: 'zoom', tabindex: 0, role: 'img', 'aria-label': label });
    root.append(this.canvas);
    this.context = this.canvas.getContext('2d');
    // overlay(context2d, toScreen): draws above the picture in CSS pixels at every frame.
    this.overlay = null;
    // tool {down(point, event), move(point, event), up(point, event), cancel()}: gets one pointer's strokes in image pixels, instead of panning.
    this.tool = null;
    // onchange(): after every zoom or pan.
    this.onchange = null;
    // 'Checkerboard' or any CSS colour behind a picture with alpha.
    this.background = 'Checkerboard';
    this.picture = new Layer(() => this.redraw());
    this.before = new Layer(() => this.redraw());
    // How much of the canvas shows the picture before, from 0 to 1.
    this.split = 0.5;
    this.width = this.height = 0;
    this.scale = 1;
    this.left = this.top = 0;
    this.fitted = true;
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
    listenToGestures(this);
  }

  // picture: {width, height, alpha, preview: data URL, part: async ({x, y, width, height, edge}) => data URL, or none}; zoom is kept when the size is the same.
  async setPicture(picture) {
    if (!await this.picture.setPicture(picture)) return;
    const { width, height } = this.picture;
    if (width !== this.width || height !== this.height) this.fitted = true;
    Object.assign(this, { width, height });
    this.canvas.style.setProperty('--aspect', width / height || 1);
    this.resize();
  }

  // Image pixels -> CSS pixels of the canvas.
  toScreen = (x, y) => ({ x: this.left + x * this.scale, y: this.top + y * this.scale });

  // CSS pixels of the canvas -> image pixels (not rounded).
  toImage(x, y) {
    return { x: (x - this.left) / this.scale, y: (y - this.top) / this.scale };
  }

  // A pointer event's place in CSS pixels of the canvas.
  placeOf(event) {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
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
    return Math.min(this.viewWidth / this.width, this.viewHeight / this.height, maxDeviceScale / devicePixelRatio);
  }

  fit() {
    this.fitted = true;
    this.moveTo(this.fitScale, 0, 0);
  }

  // One image pixel on one pixel of the screen, about a point of the canvas.
  realPixels(x, y) {
    this.zoomBy(1 / this.deviceScale, x, y);
  }

  zoomBy(factor, x = this.viewWidth / 2, y = this.viewHeight / 2) {
    const least = Math.min(this.fitScale, 1 / devicePixelRatio);
    const scale = Math.min(maxDeviceScale / devicePixelRatio, Math.max(least, this.scale * factor));
    const point = this.toImage(x, y);
    this.fitted = scale === this.fitScale;
    this.moveTo(scale, x - point.x * scale, y - point.y * scale);
  }

  panBy(x, y) {
    this.moveTo(this.scale, this.left + x, this.top + y);
  }

  moveTo(scale, left, top) {
    const within = (start, size, view) => size <= view ? (view - size) / 2 : Math.min(0, Math.max(view - size, start));
    this.scale = scale;
    this.left = within(left, this.width * scale, this.viewWidth);
    this.top = within(top, this.height * scale, this.viewHeight);
    this.onchange?.();
    this.redraw();
  }

  resize() {
    const centre = this.toImage(this.viewWidth / 2, this.viewHeight / 2);
    this.viewWidth = this.canvas.clientWidth;
    this.viewHeight = this.canvas.clientHeight;
    if (!this.viewWidth || !this.width) return;
    this.canvas.width = Math.round(this.viewWidth * devicePixelRatio);
    this.canvas.height = Math.round(this.viewHeight * devicePixelRatio);
    if (this.fitted) return this.fit();
    this.moveTo(this.scale, this.viewWidth / 2 - centre.x * this.scale, this.viewHeight / 2 - centre.y * this.scale);
  }

  // Asks for one drawing at the next frame, however often it is called.
  redraw() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  draw() {
    const { context, canvas } = this;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    this.drawLayer(this.picture);
    if (this.before.width) {
      context.save();
      context.beginPath();
      context.rect(0, 0, Math.round(this.split * canvas.width), canvas.height);
      context.clip();
      this.drawLayer(this.before);
      context.restore();
    }
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    if (this.width) this.overlay?.(context, this.toScreen);
    // With nothing to pan, one finger scrolls the chat.
    const loose = this.width * this.scale > this.viewWidth + 1 || this.height * this.scale > this.viewHeight + 1;
    canvas.style.touchAction = loose || this.tool ? 'none' : 'pan-y';
    canvas.classList.toggle('loose', loose && !this.tool);
  }

  drawLayer(layer) {
    for (const piece of layer.pieces()) this.drawPiece(piece, layer.asked.alpha);
    if (layer.width) layer.want(this.visible(), this.deviceScale);
  }

  // Edges are rounded to device pixels, so that parts meet without a seam.
  drawPiece({ bitmap, ...place }, alpha) {
    const { context, canvas } = this;
    const edge = (start, length) => Math.round((start + length * this.scale) * devicePixelRatio);
    const x = edge(this.left, place.x);
    const y = edge(this.top, place.y);
    const width = edge(this.left, place.x + place.width) - x;
    const height = edge(this.top, place.y + place.height) - y;
    if (x > canvas.width || y > canvas.height || x + width < 0 || y + height < 0) return;
    if (alpha) {
      context.fillStyle = this.background === 'Checkerboard' ? checkerboard(context) : this.background;
      context.fillRect(x, y, width, height);
    }
    // Real pixels stay sharp squares when enlarged; a preview is smoothed.
    context.imageSmoothingEnabled = bitmap.width < place.width || width < bitmap.width;
    context.imageSmoothingQuality = 'medium';
    context.drawImage(bitmap, x, y, width, height);
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
    cancelAnimationFrame(this.frame);
    this.observer.disconnect();
    this.picture.destroy();
    this.before.destroy();
  }
}

let checkers;
function checkerboard(context) {
  if (checkers) return checkers;
  const cell = new OffscreenCanvas(16, 16);
  const pen = cell.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, 16, 16);
  pen.fillStyle = '#ccc';
  pen.fillRect(0, 0, 8, 8);
  pen.fillRect(8, 8, 8, 8);
  return checkers = context.createPattern(cell, 'repeat');
}
