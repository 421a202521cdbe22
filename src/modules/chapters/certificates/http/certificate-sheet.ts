import { createRequire } from 'node:module';

export const INK = '#1d2733';
export const SOFT = '#5b6673';
export const GOLD = '#9a7526';

// A4, landscape, in points.
export const WIDTH = 841.89;
export const HEIGHT = 595.28;
export const TEXT_WIDTH = 640;

const { resolve } = createRequire(__filename);
const fontFile = (name: string) => resolve(`@expo-google-fonts/eb-garamond/${name}/EBGaramond_${name}.ttf`);
export const FONTS = {
  regular: fontFile('400Regular'),
  italic: fontFile('400Regular_Italic'),
  medium: fontFile('500Medium'),
};

export function registerFonts(document: PDFKit.PDFDocument): void {
  for (const [name, file] of Object.entries(FONTS)) document.registerFont(name, file);
}
