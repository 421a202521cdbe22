import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import { normaliseName } from 'src/common/domain/person-name';
import { drawFrame, drawSeal } from './certificate-ornaments';
import { canWrite, drawName } from './certificate-name';
import { GOLD, HEIGHT, INK, registerFonts, SOFT, TEXT_WIDTH, WIDTH } from './certificate-sheet';
import { formatIssueDate } from './certificate.view';

export interface PrintedCertificate {
  readonly name: string;
  readonly course: string;
  readonly chapters: number;
  readonly issuedAt: Date;
  readonly code: string;
  readonly verificationUrl: string;
}

interface Line {
  readonly text: string;
  readonly font: string;
  readonly size: number;
  readonly y: number;
  readonly color?: string;
  readonly spacing?: number;
}

const FOOT = { y: 436, inset: 92, qrSize: 78 };

const ELSEWHERE = 'the student named on the verification page';

/** One page. Deterministic: equal certificates have equal bytes. */
export function renderCertificate(certificate: PrintedCertificate): Promise<Buffer> {
  const document = new PDFDocument({
    size: [WIDTH, HEIGHT],
    margin: 0,
    lang: 'en',
    displayTitle: true,
    info: {
      Title: `Certificate of completion: ${certificate.course}`,
      Author: 'Course Companion',
      Subject: certificate.verificationUrl,
      CreationDate: certificate.issuedAt,
      ModDate: certificate.issuedAt,
    },
  });
  registerFonts(document);
  drawFrame(document, { width: WIDTH, height: HEIGHT, color: GOLD });
  drawText(document, certificate);
  drawFoot(document, certificate);
  return collect(document);
}

function drawText(document: PDFKit.PDFDocument, { name, course, chapters }: PrintedCertificate): void {
  centre(document, { text: 'COURSE COMPANION', font: 'medium', size: 13, y: 74, color: GOLD, spacing: 4 });
  centre(document, { text: 'Certificate of Completion', font: 'regular', size: 42, y: 98 });
  centre(document, { text: 'This is to certify that', font: 'italic', size: 17, y: 174, color: SOFT });
  const printed = normaliseName(name);
  drawName(document, canWrite(printed) ? printed : ELSEWHERE);
  const half = 170;
  document
    .moveTo(WIDTH / 2 - half, 276)
    .lineTo(WIDTH / 2 + half, 276)
    .lineWidth(0.7)
    .stroke(GOLD);
  const text = `has completed all ${inWords(chapters)} chapters and passed every quiz of the course`;
  centre(document, { text, font: 'italic', size: 17, y: 294, color: SOFT });
  const title = { text: course, font: 'medium' };
  centre(document, { ...title, size: fit(document, { ...title, largest: 27 }), y: 327 });
}

function drawFoot(
  document: PDFKit.PDFDocument,
  { issuedAt, code, verificationUrl }: PrintedCertificate,
): void {
  const { y, inset, qrSize } = FOOT;
  const label = (text: string, top: number) =>
    document.font('italic').fontSize(12).fillColor(SOFT).text(text, inset, top, { lineBreak: false });
  const value = (text: string, top: number) =>
    document.font('regular').fontSize(14.5).fillColor(INK).text(text, inset, top, { lineBreak: false });
  label('Issued on', y);
  value(formatIssueDate(issuedAt), y + 14);
  label('Certificate code', y + 42);
  value(code, y + 56);
  drawSeal(document, { x: WIDTH / 2, y: y + 34, radius: 46, color: GOLD });
  const left = WIDTH - inset - qrSize;
  drawQr(document, { text: verificationUrl, left, top: y - 2, size: qrSize });
  document.link(left, y - 2, qrSize, qrSize, verificationUrl);
  document.font('italic').fontSize(10.5).fillColor(SOFT);
  const note = `Verify at ${verificationUrl.replace(/^https?:\/\//, '')}`;
  document.text(note, 0, HEIGHT - 66, { width: WIDTH, align: 'center', link: verificationUrl });
}

function centre(document: PDFKit.PDFDocument, { text, font, size, y, color = INK, spacing = 0 }: Line): void {
  document.font(font).fontSize(size).fillColor(color);
  // pdfkit adds the spacing after every letter, including the last.
  document.text(text, spacing / 2, y, {
    width: WIDTH,
    align: 'center',
    characterSpacing: spacing,
    height: size * 2,
    ellipsis: true,
  });
}

/** The largest size at which the text fits on one line. */
function fit(
  document: PDFKit.PDFDocument,
  { text, font, largest }: Pick<Line, 'text' | 'font'> & { readonly largest: number },
): number {
  const width = document.font(font).fontSize(largest).widthOfString(text);
  return Math.max(14, Math.min(largest, (largest * TEXT_WIDTH) / width));
}

function drawQr(
  document: PDFKit.PDFDocument,
  { text, left, top, size }: { text: string; left: number; top: number; size: number },
): void {
  const { data } = encode(text, { ecc: 'M', border: 0 });
  const module = size / data.length;
  data.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (isDark) document.rect(left + x * module, top + y * module, module, module);
    }),
  );
  document.fill(INK);
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const inWords = (count: number): string => NUMBERS[count] ?? String(count);

function collect(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolved, rejected) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolved(Buffer.concat(chunks)));
    document.on('error', rejected);
    document.end();
  });
}
