// Pointer, wheel and keys of a ZoomCanvas: drag, pinch, double tap, strokes of its tool.
function listenToGestures(zoom) {
  const canvas = zoom.canvas;
  const pointers = new Map();
  let stroke = false;
  let tapped = { time: 0 };
  let moved = 0;

  function down(event) {
    const place = zoom.placeOf(event);
    canvas.setPointerCapture(event.pointerId);
    canvas.focus({ preventScroll: true });
    pointers.set(event.pointerId, place);
    moved = 0;
    if (stroke) zoom.tool?.cancel();
    stroke = Boolean(zoom.tool) && pointers.size === 1 && event.button === 0;
    if (stroke) zoom.tool.down(zoom.eventToImage(event), event);
  }

  function move(event) {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = zoom.placeOf(event);
    pointers.set(event.pointerId, now);
    moved += Math.hypot(now.x - before.x, now.y - before.y);
    if (stroke) return zoom.tool?.move(zoom.eventToImage(event), event);
    if (pointers.size === 1) return zoom.panBy(now.x - before.x, now.y - before.y);
    const other = [...pointers.values()].find(place => place !== now);
    const distance = place => Math.max(1, Math.hypot(place.x - other.x, place.y - other.y));
    zoom.zoomBy(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    zoom.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  function up(event) {
    if (!pointers.delete(event.pointerId)) return;
    if (stroke) {
      stroke = false;
      return zoom.tool?.up(zoom.eventToImage(event), event);
    }
    if (moved > 8 || pointers.size) return;
    const place = zoom.placeOf(event);
    const again = event.timeStamp - tapped.time < 350 && Math.hypot(place.x - tapped.x, place.y - tapped.y) < 24;
    tapped = again ? { time: 0 } : { ...place, time: event.timeStamp };
    if (again && !zoom.tool) toggleZoom(zoom, place);
  }

  function cancel(event) {
    pointers.delete(event.pointerId);
    if (stroke) zoom.tool?.cancel();
    stroke = false;
  }

  // Without focus a plain wheel belongs to the chat around the page.
  function wheel(event) {
    const ours = event.ctrlKey || document.activeElement === canvas || host.context.displayMode === 'fullscreen';
    if (!ours) return;
    event.preventDefault();
    const place = zoom.placeOf(event);
    zoom.zoomBy(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), place.x, place.y);
  }

  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', cancel);
  canvas.addEventListener('wheel', wheel, { passive: false });
  canvas.addEventListener('keydown', event => zoomKey(zoom, event));
}

function toggleZoom(zoom, place) {
  if (zoom.fitted) zoom.realPixels(place?.x, place?.y);
  else zoom.fit();
}

// A handler before this one may take a key by preventDefault.
function zoomKey(zoom, event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = 64;
  const keys = {
    '+': () => zoom.zoomBy(1.25),
    '=': () => zoom.zoomBy(1.25),
    '-': () => zoom.zoomBy(0.8),
    0: () => zoom.fit(),
    1: () => zoom.realPixels(),
    ArrowLeft: () => zoom.panBy(step, 0),
    ArrowRight: () => zoom.panBy(-step, 0),
    ArrowUp: () => zoom.panBy(0, step),
    ArrowDown: () => zoom.panBy(0, -step),
  };
  if (!keys[event.key]) return;
  event.preventDefault();
  keys[event.key]();
}
