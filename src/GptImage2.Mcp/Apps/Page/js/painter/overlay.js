// Draws above the picture: the mask in stripes, the outline being drawn, the brush, or the server's own picture of the region.
const stripes = new Uint32Array(new Uint8Array([255, 0, 120, 160, 255, 150, 200, 115]).buffer);

// One look into the mask for each pixel of the screen.
function drawMask({ zoom, mask }, context) {
  const wide = zoom.viewWidth;
  if (!wide) return;
  const layer = new OffscreenCanvas(wide, zoom.viewHeight);
  const image = new ImageData(wide, layer.height), out = new Uint32Array(image.data.buffer);
  const inImage = (place, start) => Math.floor((place + 0.5 - start) / zoom.scale), columns = Int32Array.from(out.subarray(0, wide), (_, x) => inImage(x, zoom.left));
  for (let y = 0, index = 0; y < layer.height; y++) {
    const line = inImage(y, zoom.top) * mask.width;
    for (let x = 0; x < wide; x++, index++) {
      const column = columns[x];
      if (column >= 0 && column < mask.width && mask.pixels[line + column]) out[index] = stripes[x + y >> 3 & 1];
    }
  }
  layer.getContext('2d').putImageData(image, 0, 0);
  context.drawImage(layer, 0, 0);
}

function drawOverlay(painter, context) {
  const { zoom, mask, hover, outline } = painter, { x, y } = zoom.toScreen(0, 0);
  if (painter.serverView) context.drawImage(painter.plan.picture, x, y, mask.width * zoom.scale, mask.height * zoom.scale);
  else if (mask.marked) drawMask(painter, context);
  context.beginPath();
  if (outline.length) {
    for (const point of outline) context.lineTo(x + point[0] * zoom.scale, y + point[1] * zoom.scale);
    context.closePath();
  } else if (hover && isBrush(painter.tool)) context.arc(x + hover.x * zoom.scale, y + hover.y * zoom.scale, painter.size / 2 * zoom.scale + 1, 0, 7);
  // Black and white, to be seen on any picture.
  for (const [colour, width] of [['#000', 3], ['#fff', 1.5]]) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }
}
