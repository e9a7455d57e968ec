// Draws above the picture: the mask in stripes, the outline being drawn, the brush, or the server's own picture of the region.
const stripes = new Uint32Array(new Uint8Array([255, 0, 120, 160, 255, 150, 200, 115]).buffer);

// One sample for each pixel of the screen, or of the image where that is shown larger; only of what is visible.
function sampleMask(mask, view, scale) {
  const x = Math.floor(view.x), y = Math.floor(view.y);
  const wide = Math.min(mask.width, Math.ceil(view.x + view.width)) - x, high = Math.min(mask.height, Math.ceil(view.y + view.height)) - y;
  if (!(wide > 0 && high > 0)) return null;
  const columns = Math.ceil(wide * Math.min(1, scale)), rows = Math.ceil(high * Math.min(1, scale));
  const image = new ImageData(columns, rows), out = new Uint32Array(image.data.buffer);
  const sources = Int32Array.from({ length: columns }, (_, column) => x + Math.floor((column + 0.5) * wide / columns));
  for (let row = 0, index = 0; row < rows; row++) {
    const line = (y + Math.floor((row + 0.5) * high / rows)) * mask.width;
    for (let column = 0; column < columns; column++, index++) if (mask.pixels[line + sources[column]]) out[index] = stripes[column + row >> 3 & 1];
  }
  return { image, x, y, wide, high };
}

function drawMask(painter, context) {
  const { zoom, mask } = painter, sample = mask.marked && sampleMask(mask, zoom.visible(), zoom.scale);
  if (!sample) return;
  const layer = painter.layer ??= new OffscreenCanvas(1, 1), corner = zoom.toScreen(sample.x, sample.y);
  layer.width = sample.image.width;
  layer.height = sample.image.height;
  layer.getContext('2d').putImageData(sample.image, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(layer, corner.x, corner.y, sample.wide * zoom.scale, sample.high * zoom.scale);
}

// Black and white, to be seen on any picture.
function strokeTwice(context) {
  for (const [colour, width] of [['#000', 3], ['#fff', 1.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}

function drawOutline({ zoom, outline, tool, hover, size }, context) {
  context.beginPath();
  for (const [x, y] of outline) {
    const point = zoom.toScreen(x, y);
    context.lineTo(point.x, point.y);
  }
  if (outline.length) context.closePath();
  else if (hover && (tool === 'brush' || tool === 'eraser')) {
    const { x, y } = zoom.toScreen(hover.x, hover.y);
    context.arc(x, y, Math.max(1, size / 2 * zoom.scale), 0, 7);
  }
  strokeTwice(context);
}

function drawOverlay(painter, context) {
  const { zoom, seen } = painter, corner = zoom.toScreen(0, 0);
  if (painter.serverView && seen) context.drawImage(seen, corner.x, corner.y, zoom.width * zoom.scale, zoom.height * zoom.scale);
  else drawMask(painter, context);
  drawOutline(painter, context);
}
