import PDFDocument from 'pdfkit';
import { canWrite, drawName } from './certificate-name';
import { renderCertificate, type PrintedCertificate } from './certificate-pdf';
import { CertificatePdfs } from './certificate-pdfs';
import { registerFonts } from './certificate-sheet';
import { CertificateRenderer } from './certificate-threads';

const certificate: PrintedCertificate = {
  name: 'Ada Lovelace',
  course: 'Generative AI',
  chapters: 6,
  issuedAt: new Date('2026-11-24T20:00:00Z'),
  code: '0DT7M-1EV8N-2FW9P-3GXAQ',
  verificationUrl: 'https://course.example/certificates/0DT7M-1EV8N-2FW9P-3GXAQ',
};

describe('renderCertificate', () => {
  it('renders one page of moderate size with embedded fonts', async () => {
    const pdf = (await renderCertificate(certificate)).toString('latin1');

    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(pdf.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(3);
    expect(pdf.length).toBeLessThan(150_000);
  });

  it('returns equal bytes for equal certificates only', async () => {
    const [first, again, other] = await Promise.all([
      renderCertificate(certificate),
      renderCertificate(certificate),
      renderCertificate({ ...certificate, name: 'Grace Hopper' }),
    ]);

    expect(first.equals(again)).toBe(true);
    expect(first.equals(other)).toBe(false);
  });

  it.each([
    'Ž',
    'Αθηνά Παπαδοπούλου',
    'Софья Ковалевская',
    '李小龍',
    'ليلى',
    '🙂',
    'A'.repeat(200),
    'Maria del Carmen '.repeat(12),
    ' ',
  ])('renders one page for the name %s', async (name) => {
    const pdf = (await renderCertificate({ ...certificate, name })).toString('latin1');

    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  });

  // pdfkit breaks a page when text does not fit on it, and the frame leaves 640 points between its lines.
  it.each(['W'.repeat(200), 'Wilhelmina '.repeat(18), 'i'.repeat(200), 'Maria-Magdalena '.repeat(12)])(
    'keeps the long name %s between the lines of the frame',
    (name) => {
      const document = new PDFDocument({ size: [841.89, 595.28], margin: 0 });
      registerFonts(document);
      const drawn = jest.spyOn(document, 'text');

      drawName(document, name);

      const [, left, top, options] = drawn.mock.calls[0] as [string, ...unknown[]];
      const { width, height } = options as { width: number; height: number };
      expect(Number(left)).toBeGreaterThanOrEqual(100);
      expect(Number(left) + width).toBeLessThanOrEqual(742);
      expect(Number(top)).toBeGreaterThanOrEqual(190);
      expect(document.heightOfString(name, { width })).toBeLessThanOrEqual(height);
    },
  );
});

describe('canWrite', () => {
  it.each([
    'Ada Lovelace',
    'Žofie Ďurčová',
    'Nguyễn Thị Hằng',
    'Αθηνά',
    'Софья',
    "O'Brien-Smith, 3rd",
    'Zoë',
  ])('finds every character of %s in the font', (name) => expect(canWrite(name)).toBe(true));

  it.each(['李小龍', 'ليلى', '🙂', 'Ada ☃', 'Ａｄａ', 'Ada\u200B\u{E0041}'])('misses one of %s', (name) => {
    expect(canWrite(name)).toBe(false);
  });
});

/** Instead of a thread: makes a new buffer for each call. */
class FakeRenderer extends CertificateRenderer {
  render({ name }: PrintedCertificate): Promise<Buffer> {
    return Promise.resolve(Buffer.from(name));
  }
}

describe('CertificatePdfs', () => {
  it('renders a PDF once', async () => {
    const pdfs = new CertificatePdfs(new FakeRenderer());

    expect(await pdfs.get(certificate)).toBe(await pdfs.get({ ...certificate }));
  });

  it('forgets the oldest', async () => {
    class PairOfPdfs extends CertificatePdfs {
      protected override readonly capacity = 2;
    }
    const pdfs = new PairOfPdfs(new FakeRenderer());
    const first = await pdfs.get(certificate);
    const second = await pdfs.get({ ...certificate, chapters: 10 });
    expect(await pdfs.get(certificate)).toBe(first);

    await pdfs.get({ ...certificate, chapters: 11 });

    expect(await pdfs.get({ ...certificate, chapters: 10 })).toBe(second);
    expect(await pdfs.get(certificate)).not.toBe(first);
  });
});
