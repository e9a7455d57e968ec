// Finds the pixels connected to a first one and alike in colour, line by line, without recursion.
function floodByColour({ data, width, height }, x, y, tolerance) {
  const found = new Uint8Array(width * height), seed = data.slice((y * width + x) * 4, (y * width + x) * 4 + 4), waiting = [[x, y]];
  const alike = index => {
    if (found[index]) return false;
    for (let channel = 0; channel < 4; channel++) if (Math.abs(data[index * 4 + channel] - seed[channel]) > tolerance) return false;
    return true;
  };
  while (waiting.length) {
    const [column, row] = waiting.pop(), line = row * width;
    if (!alike(line + column)) continue;
    let from = column, to = column + 1;
    while (from > 0 && alike(line + from - 1)) from--;
    while (to < width && alike(line + to)) to++;
    found.fill(1, line + from, line + to);
    for (const next of [row - 1, row + 1]) {
      if (next < 0 || next >= height) continue;
      for (let i = from, before = false; i < to; i++) {
        const now = alike(next * width + i);
        if (now && !before) waiting.push([i, next]);
        before = now;
      }
    }
  }
  return found;
}
