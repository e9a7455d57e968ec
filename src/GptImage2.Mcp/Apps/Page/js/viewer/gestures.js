// Pointers, wheel and keys of a ZoomCanvas: drag, pinch, double tap, strokes of its tool.
function listenToGestures(zoom) {
  const canvas = zoom.canvas;
  const pointers = new Map();
  let stroke = false;

  function endStroke(how, event) {
    if (stroke) zoom.tool?.[how](zoom.eventToImage(event), event);
    stroke = false;
  }

  const handlers = {
    pointerdown(event) {
      canvas.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, zoom.placeOf(event));
      // A second finger turns a stroke into a pinch.
      endStroke('cancel', event);
      stroke = zoom.tool && pointers.size === 1 && event.button === 0;
      if (stroke) zoom.tool.down(zoom.eventToImage(event), event);
    },

    pointermove(event) {
      const before = pointers.get(event.pointerId);
      if (!before) return;
      const now = zoom.placeOf(event);
      pointers.set(event.pointerId, now);
      if (stroke) return zoom.tool?.move(zoom.eventToImage(event), event);
      const other = [...pointers.values()].find(place => place !== now);
      const part = other ? 0.5 : 1;
      zoom.panBy((now.x - before.x) * part, (now.y - before.y) * part);
      if (!other) return;
      const distance = place => Math.hypot(place.x - other.x, place.y - other.y) || 1;
      zoom.zoomBy(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
    },

    pointerup: event => pointers.delete(event.pointerId) && endStroke('up', event),

    pointercancel: event => pointers.delete(event.pointerId) && endStroke('cancel', event),

    dblclick(event) {
      const { x, y } = zoom.placeOf(event);
      if (!zoom.tool) toggleZoom(zoom, x, y);
    },

    // Without focus a plain wheel belongs to the chat around the page.
    wheel(event) {
      if (!event.ctrlKey && document.activeElement !== canvas) return;
      event.preventDefault();
      const { x, y } = zoom.placeOf(event);
      zoom.zoomBy(Math.exp(-event.deltaY * 0.002), x, y);
    },

    keydown(event) {
      const [method, ...values] = zoomKeys[event.key] ?? [];
      if (!method || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      event.preventDefault();
      zoom[method](...values);
    },
  };
  for (const name in handlers) canvas.addEventListener(name, handlers[name]);
}

// What each key does to the ZoomCanvas: a method and its values.
const zoomKeys = {
  '+': ['zoomBy', 1.25],
  '=': ['zoomBy', 1.25],
  '-': ['zoomBy', 0.8],
  0: ['fit'],
  1: ['realPixels'],
  ArrowLeft: ['panBy', 64, 0],
  ArrowRight: ['panBy', -64, 0],
  ArrowUp: ['panBy', 0, 64],
  ArrowDown: ['panBy', 0, -64],
};

const toggleZoom = (zoom, x, y) => zoom.fitted ? zoom.realPixels(x, y) : zoom.fit();
