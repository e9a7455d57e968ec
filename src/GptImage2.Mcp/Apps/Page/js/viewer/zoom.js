// A picture to zoom and pan: a preview at once, exact parts where it is looked at closely, and an overlay on top.
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
    // 'checkerboard' or any CSS colour behind a picture with alpha.
    this.background = 'checkerboard';
    this.width = 0;
    this.height = 0;
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.fitted = true;
    this.tiles = new Tiles(() => this.redraw());
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.canvas);
    listenToGestures(this);
  }

  // picture: {width, height, alpha, preview: data URL, part: async ({x, y, width, height, edge}) => data URL, or none}.
  async setPicture(picture) {
    const asked = this.asked = {};
    const preview = picture.preview && await decode(picture.preview);
    if (asked !== this.asked || this.closed) return preview?.close();
    this.preview?.close();
    this.preview = preview;
    const width = picture.width ?? preview?.width ?? 0;
    const height = picture.height ?? preview?.height ?? 0;
    const other = width !== this.width || height !== this.height;
    Object.assign(this, { width, height, alpha: picture.alpha });
    this.tiles.reset(picture.part, width, height);
    this.exactPreview = preview?.width === width && picture.preview.startsWith('data:image/png');
    this.canvas.style.setProperty('--aspect', width / height || 1);
    if (other) this.fitted = true;
    this.resize();
  }

  // Image pixels -> CSS pixels of the canvas.
  toScreen = (x, y) => ({ x: this.left + x * this.scale, y: this.top + y * this.scale });

  // CSS pixels of the canvas -> image pixels (not rounded).
  toImage(x, y) {
    return { x: (x - this.left) / this.scale, y: (y - this.top) / this.scale };
  }

  // A pointer event's place in image pixels.
  eventToImage(event) {
    const box = this.canvas.getBoundingClientRect();
    return this.toImage(event.clientX - box.left, event.clientY - box.top);
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
    const loose = this.width * scale > this.viewWidth + 1 || this.height * scale > this.viewHeight + 1;
    this.canvas.style.touchAction = loose || this.tool ? 'none' : 'pan-y';
    this.canvas.classList.toggle('loose', loose && !this.tool);
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
      if (!this.closed) this.draw();
    });
  }

  draw() {
    const context = this.context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    if (!this.width) return;
    if (this.preview) this.drawPiece(this.preview, { x: 0, y: 0, width: this.width, height: this.height });
    for (const tile of this.tiles.ready()) this.drawPiece(tile.bitmap, tile);
    this.tiles.want(this.visible(), this.deviceScale, this.exactPreview ? 1 : (this.preview?.width ?? 0) / this.width, this.exactPreview);
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    this.overlay?.(context, this.toScreen);
  }

  // Edges are rounded to device pixels, so that parts meet without a seam.
  drawPiece(bitmap, place) {
    const edge = (start, length) => Math.round((start + length * this.scale) * devicePixelRatio);
    const x = edge(this.left, place.x);
    const y = edge(this.top, place.y);
    const width = edge(this.left, place.x + place.width) - x;
    const height = edge(this.top, place.y + place.height) - y;
    if (x > this.canvas.width || y > this.canvas.height || x + width < 0 || y + height < 0) return;
    if (this.alpha) {
      this.context.fillStyle = this.background === 'checkerboard' ? checkerboard(this.context) : this.background;
      this.context.fillRect(x, y, width, height);
    }
    this.context.imageSmoothingEnabled = bitmap.width < place.width || width < bitmap.width;
    this.context.imageSmoothingQuality = 'medium';
    this.context.drawImage(bitmap, x, y, width, height);
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
    this.closed = true;
    this.observer.disconnect();
    this.tiles.reset();
    this.preview?.close();
  }
}

let checkers;
function checkerboard(context) {
  if (checkers) return checkers;
  const cell = new OffscreenCanvas(16, 16);
  const pen = cell.getContext('2d');
  for (const [x, y] of [[0, 0], [8, 0], [0, 8], [8, 8]]) {
    pen.fillStyle = x === y ? '#fff' : '#ccc';
    pen.fillRect(x, y, 8, 8);
  }
  return checkers = context.createPattern(cell, 'repeat');
}

// A data URL -> ImageBitmap, decoded off the main thread.
async function decode(dataUrl) {
  const comma = dataUrl.indexOf(',');
  const type = dataUrl.slice(5, dataUrl.indexOf(';'));
  return createImageBitmap(new Blob([bytesOf(dataUrl.slice(comma + 1))], { type }));
}

function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}
