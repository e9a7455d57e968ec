// What one pointer does to the mask with each tool; with Shift it takes away.
function createStroke(painter) {
  const { mask } = painter;
  let points = [], value = 1;

  const isBrush = () => painter.tool === 'brush' || painter.tool === 'eraser';

  function brush([x1, y1], [x2, y2]) {
    mask.capsule(x1, y1, x2, y2, painter.size / 2, value);
  }

  function corners() {
    const [[x1, y1], [x2, y2]] = [points[0], points.at(-1)];
    const left = Math.floor(Math.min(x1, x2)), top = Math.floor(Math.min(y1, y2));
    return { left, top, right: Math.ceil(Math.max(x1, x2)), bottom: Math.ceil(Math.max(y1, y2)) };
  }

  function outline() {
    if (isBrush()) return [];
    if (painter.tool === 'lasso') return points;
    const { left, top, right, bottom } = corners();
    return [[left, top], [right, top], [right, bottom], [left, bottom]];
  }

  function finish() {
    points = painter.outline = [];
    painter.changed();
  }

  return {
    down({ x, y }, event) {
      value = painter.tool === 'eraser' || event.shiftKey ? 0 : 1;
      painter.showServerView(false);
      if (painter.tool === 'flood') return painter.flood(x, y, value);
      points = [[x, y]];
      mask.begin();
      if (isBrush()) brush(points[0], points[0]);
      painter.zoom.redraw();
    },
    move({ x, y }) {
      if (!points.length) return;
      if (isBrush()) brush(points.at(-1), [x, y]);
      points.push([x, y]);
      painter.outline = outline();
      painter.zoom.redraw();
    },
    up() {
      if (!points.length) return;
      const { left, top, right, bottom } = corners();
      if (painter.tool === 'rectangle') mask.rectangle(left, top, right - left, bottom - top, value);
      if (painter.tool === 'lasso') mask.polygon(points, value);
      mask.end();
      finish();
    },
    // A second finger turns a stroke into a zoom: what the first one did is taken back.
    cancel() {
      mask.abandon();
      finish();
    },
  };
}
