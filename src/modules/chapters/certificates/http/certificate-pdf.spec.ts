import { renderCertificate, type PrintedCertificate } from './certificate-pdf';
import { CertificatePdfs } from './certificate-pdfs';

const certificate: PrintedCertificate = {
  name: 'Ada Lovelace',
  course: 'Generative AI',
  chapters: 6,
  issuedAt: new Date('2026-11-24T20:00:00Z'),
  code: '0DT7M-1EV8N-2FW9P-3GXAQ',
  verificationUrl: 'https://course.example/certificates/0DT7M-1EV8N-2FW9P-3GXAQ',
};

describe('renderCertificate', () => {
  it('makes one page of moderate size, with fonts inside', async () => {
    const pdf = (await renderCertificate(certificate)).toString('latin1');

    expect(pdf.startsWith('%PDF-')).toBe(true);
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    expect(pdf.match(/\/FontFile2/g)?.length).toBeGreaterThanOrEqual(3);
    expect(pdf.length).toBeLessThan(150_000);
  });

  it('makes equal bytes of equal certificates, and others of another', async () => {
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
  ])('makes one page for the name %s', async (name) => {
    const pdf = (await renderCertificate({ ...certificate, name })).toString('latin1');

    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  });
});

describe('CertificatePdfs', () => {
  it('makes a paper once', async () => {
    const pdfs = new CertificatePdfs();

    expect(await pdfs.get(certificate)).toBe(await pdfs.get({ ...certificate }));
  });

  it('forgets the oldest', async () => {
    class PairOfPdfs extends CertificatePdfs {
      protected override readonly capacity = 2;
    }
    const pdfs = new PairOfPdfs();
    const first = await pdfs.get(certificate);
    const second = await pdfs.get({ ...certificate, chapters: 10 });
    expect(await pdfs.get(certificate)).toBe(first);

    await pdfs.get({ ...certificate, chapters: 11 });

    expect(await pdfs.get({ ...certificate, chapters: 10 })).toBe(second);
    expect(await pdfs.get(certificate)).not.toBe(first);
  });
});
