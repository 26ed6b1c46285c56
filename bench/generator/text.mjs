const WORDS = 'hola qué tal mañana quedamos en la plaza después de comer te llamo luego vale perfecto nos vemos'.split(
  ' ',
);

/** Text of exactly this many bytes of UTF-8. */
export function randomText(bytes) {
  let text = '';
  while (Buffer.byteLength(text) < bytes) text += `${WORDS[Math.floor(Math.random() * WORDS.length)]} `;
  while (Buffer.byteLength(text) > bytes) text = text.slice(0, -1);
  return text.trimEnd().padEnd(text.length, '.');
}
