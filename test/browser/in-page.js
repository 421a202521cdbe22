// Runs inside the page: inspect.ts sends it there as text, because tests are compiled without the types of a browser.

function readColours() {
  const groundOf = (start) => {
    for (let element = start; element !== null; element = element.parentElement) {
      const ground = getComputedStyle(element).backgroundColor;
      if (ground !== 'rgba(0, 0, 0, 0)' && ground !== 'transparent') return ground;
    }
    return 'rgb(255, 255, 255)';
  };
  return [...document.body.querySelectorAll('*')]
    .filter((element) => !['SCRIPT', 'STYLE', 'OPTION'].includes(element.tagName))
    .filter((element) => element.checkVisibility())
    .filter((element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.nodeValue?.trim()),
    )
    .map((element) => {
      const style = getComputedStyle(element);
      const size = Number.parseFloat(style.fontSize);
      return {
        text: element.textContent.trim().slice(0, 40),
        colour: style.color,
        ground: groundOf(element),
        isLarge: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
      };
    });
}

function readStructure() {
  const named = (element) => (element.getAttribute('aria-label') ?? element.textContent).trim() !== '';
  const labelled = (input) => input.labels?.length || input.ariaLabel;
  const problems = [
    document.documentElement.lang === '' && 'no language',
    document.title.trim() === '' && 'no title',
    document.querySelector('meta[name=viewport]') === null && 'no viewport',
    document.querySelectorAll('h1').length !== 1 && 'not exactly one h1',
    document.querySelectorAll('main').length !== 1 && 'not exactly one main',
    ...[...document.querySelectorAll('a[href],button')].map(
      (one) => !named(one) && `nameless: ${one.outerHTML}`,
    ),
    ...[...document.querySelectorAll('input:not([type=hidden]),select')].map(
      (one) => !labelled(one) && `no label: ${one.outerHTML}`,
    ),
    ...[...document.querySelectorAll('label')].map(
      (one) => one.control === null && `label of nothing: ${one.textContent.trim()}`,
    ),
    ...[...document.querySelectorAll('[id]')].map(
      ({ id }) => document.querySelectorAll(`[id="${id}"]`).length > 1 && `id twice: ${id}`,
    ),
    document.documentElement.scrollWidth > innerWidth &&
      `wider than the screen: ${document.documentElement.scrollWidth} > ${innerWidth}`,
  ];
  return problems.filter((problem) => typeof problem === 'string');
}

function readFocus() {
  const element = document.activeElement;
  if (element === null || element === document.body) return undefined;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return {
    name: element.id || element.textContent.trim(),
    hasVisibleFocus: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
  };
}
