import { Component, type ReactNode } from 'react';
import { faultOf } from '../api/fault.ts';
import { FaultNote } from '../design/note.tsx';

/** A page that broke says so in its place; the rest of the studio stays. React asks for a class here. */
export class PageFault extends Component<{ readonly children: ReactNode }, { readonly thrown: unknown }> {
  override state: { readonly thrown: unknown } = { thrown: undefined };

  static getDerivedStateFromError(thrown: unknown): { readonly thrown: unknown } {
    return { thrown };
  }

  override render(): ReactNode {
    return this.state.thrown === undefined ? this.props.children : <FaultNote fault={faultOf(this.state.thrown)} />;
  }
}
