// What one pointer does to the mask with each tool; with Shift it takes away.
const isBrush = tool => tool === 'Brush' || tool === 'Eraser';

function createStroke(painter) {
  const { mask, zoom } = painter;
  let points, value;

  function outline() {
    if (isBrush(painter.tool)) return [];
    if (painter.tool === 'Lasso') return points;
    const [[left, right], [top, bottom]] = [0, 1].map(axis => [points[0][axis], points.at(-1)[axis]].map(Math.round));
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  }

  function move({ x, y }) {
    if (isBrush(painter.tool)) mask.capsule(...points.at(-1) ?? [x, y], x, y, painter.size / 2, value);
    points.push([x, y]);
    painter.outline = outline();
    zoom.redraw();
  }

  function finish() {
    mask.end();
    painter.outline = [];
    planSoon(painter);
  }

  return {
    move,
    down(point, event) {
      value = painter.tool === 'Eraser' || event.shiftKey ? 0 : 1;
      points = [];
      painter.serverView = false;
      // What was to be asked before is no longer the question.
      painter.asked = null;
      mask.begin();
      move(point);
    },
    up({ x, y }) {
      if (painter.tool === 'Colour') floodAt(painter, x, y, value);
      else if (!isBrush(painter.tool)) mask.polygon(painter.outline, value);
      finish();
    },
    // A second finger turns a stroke into a zoom: what the first one did is taken back.
    cancel() {
      mask.abandon();
      finish();
    },
  };
}

function floodAt({ mask, zoom, tolerance }, x, y, value) {
  const { preview } = zoom.picture;
  if (!preview || x < 0 || y < 0 || x >= mask.width || y >= mask.height) return;
  const { width, height } = preview, context = new OffscreenCanvas(width, height).getContext('2d');
  context.drawImage(preview, 0, 0);
  mask.flood(context.getImageData(0, 0, width, height), Math.floor(x * width / mask.width), Math.floor(y * height / mask.height), tolerance, value);
}
