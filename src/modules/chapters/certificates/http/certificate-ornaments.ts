interface Frame {
  readonly width: number;
  readonly height: number;
  readonly color: string;
}

interface Seal {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly color: string;
}

const OUTER = 28;
const INNER = 38;
const CORNER = 16;

/** Two thin lines. The inner one has an arc in each corner. */
export function drawFrame(document: PDFKit.PDFDocument, { width, height, color }: Frame): void {
  document
    .lineWidth(1.6)
    .rect(OUTER, OUTER, width - 2 * OUTER, height - 2 * OUTER)
    .stroke(color);
  const [left, top, right, bottom] = [INNER, INNER, width - INNER, height - INNER];
  document
    .lineWidth(0.6)
    .moveTo(left + CORNER, top)
    .lineTo(right - CORNER, top)
    .quadraticCurveTo(right - CORNER, top + CORNER, right, top + CORNER)
    .lineTo(right, bottom - CORNER)
    .quadraticCurveTo(right - CORNER, bottom - CORNER, right - CORNER, bottom)
    .lineTo(left + CORNER, bottom)
    .quadraticCurveTo(left + CORNER, bottom - CORNER, left, bottom - CORNER)
    .lineTo(left, top + CORNER)
    .quadraticCurveTo(left + CORNER, top + CORNER, left + CORNER, top)
    .stroke(color);
  for (const [x, y] of [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ] as const)
    document.circle(x, y, 1.8).fill(color);
}

/** A rosette of crossing waves, as on banknotes, around a book. */
export function drawSeal(document: PDFKit.PDFDocument, { x, y, radius, color }: Seal): void {
  const waves = 24;
  for (let turn = 0; turn < 6; turn += 1) {
    const phase = (turn * Math.PI) / 3;
    const at = (angle: number) => radius * (0.86 + 0.13 * Math.sin(waves * angle + phase));
    document.lineWidth(0.4);
    drawPolar(document, { x, y, at });
    document.stroke(color);
  }
  document
    .lineWidth(1)
    .circle(x, y, radius * 0.68)
    .stroke(color);
  document
    .lineWidth(0.4)
    .circle(x, y, radius * 0.63)
    .stroke(color);
  drawBook(document, { x, y, radius: radius * 0.36, color });
}

function drawPolar(
  document: PDFKit.PDFDocument,
  { x, y, at }: { x: number; y: number; at: (angle: number) => number },
): void {
  const steps = 480;
  for (let step = 0; step <= steps; step += 1) {
    const angle = (step / steps) * 2 * Math.PI;
    const [px, py] = [x + at(angle) * Math.cos(angle), y + at(angle) * Math.sin(angle)];
    if (step === 0) document.moveTo(px, py);
    else document.lineTo(px, py);
  }
}

/** An open book seen from above its lower edge. */
function drawBook(document: PDFKit.PDFDocument, { x, y, radius, color }: Seal): void {
  const [wide, high] = [radius, radius * 0.72];
  document.lineWidth(1.3).lineJoin('round').lineCap('round');
  for (const side of [-1, 1]) {
    const edge = x + side * wide;
    document
      .moveTo(x, y - high * 0.7)
      .quadraticCurveTo(x + side * wide * 0.5, y - high * 1.15, edge, y - high * 0.75)
      .lineTo(edge, y + high * 0.7)
      .quadraticCurveTo(x + side * wide * 0.5, y + high * 0.3, x, y + high * 0.8)
      .stroke(color);
  }
  document
    .moveTo(x, y - high * 0.7)
    .lineTo(x, y + high * 0.8)
    .stroke(color);
}
