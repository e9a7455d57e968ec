// Draws a layer of a ZoomCanvas at its present place: the preview, then the parts that are there.
function drawLayer(zoom, layer) {
  if (!layer.width) return;
  for (const piece of layer.pieces()) drawPiece(zoom, piece, layer.asked.alpha);
  layer.want(zoom.visible(), zoom.deviceScale);
}

// Edges are rounded to device pixels, so that parts meet without a seam.
function drawPiece(zoom, { bitmap, ...place }, alpha) {
  const { context } = zoom;
  const start = zoom.toScreen(place.x, place.y);
  const end = zoom.toScreen(place.x + place.width, place.y + place.height);
  const [x, y, right, bottom] = [start.x, start.y, end.x, end.y].map(edge => Math.round(edge * devicePixelRatio));
  const area = [x, y, right - x, bottom - y];
  if (alpha) {
    context.fillStyle = zoom.background === 'checkerboard' ? checkerboard(context) : zoom.background;
    context.fillRect(...area);
  }
  // Real pixels stay sharp squares when enlarged; a preview is smoothed.
  context.imageSmoothingEnabled = bitmap.width < place.width || right - x < bitmap.width;
  context.imageSmoothingQuality = 'medium';
  context.drawImage(bitmap, ...area);
}
