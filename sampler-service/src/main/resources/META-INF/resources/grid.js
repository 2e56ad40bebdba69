// Draws a picture's tiles with gaps between them, so many to a line.

const GAP = 2;

/** `tile` is an image's {height, width}. The picture's tiles are taken row by row. */
export function drawGrid(canvas, picture, tile, columns) {
  const across = picture.width / tile.width;
  const tiles = across * (picture.height / tile.height);
  canvas.width = columns * (tile.width + GAP) - GAP;
  canvas.height = Math.ceil(tiles / columns) * (tile.height + GAP) - GAP;
  const context = canvas.getContext("2d");
  for (let i = 0; i < tiles; i++) {
    context.drawImage(
      picture,
      (i % across) * tile.width,
      Math.floor(i / across) * tile.height,
      tile.width,
      tile.height,
      (i % columns) * (tile.width + GAP),
      Math.floor(i / columns) * (tile.height + GAP),
      tile.width,
      tile.height,
    );
  }
}
