interface Words {
  errors?: object;
}

/** The words of everybody with those of one page; both may name errors. */
export const withWords = <A extends Words, B extends Words>(others: A, own: B): A & B => ({
  ...others,
  ...own,
  errors: { ...others.errors, ...own.errors },
});
