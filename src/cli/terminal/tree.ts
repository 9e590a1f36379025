/** A thing and the things under it, to be drawn with lines. */
export interface Branch {
  readonly label: string;
  readonly branches?: readonly Branch[];
}

/** Lines of a tree, the root first: `├─` and `└─` before each branch. */
export function formatTree({ label, branches = [] }: Branch): string[] {
  return [
    label,
    ...branches.flatMap((branch, i) => {
      const last = i === branches.length - 1;
      const [first = '', ...rest] = formatTree(branch);
      return [`${last ? '└─' : '├─'} ${first}`, ...rest.map((line) => `${last ? '  ' : '│ '} ${line}`)];
    }),
  ];
}
