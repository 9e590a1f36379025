/** What a page is told: the rest of the path after its own, such as the id of a work. */
export interface PageProps {
  readonly rest: string;
}
