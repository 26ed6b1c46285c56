/** Whether this node is on its way out: it takes no new sockets, and says so to whoever spreads people over nodes. */
export class DrainState {
  private draining = false;

  get isDraining(): boolean {
    return this.draining;
  }

  begin(): void {
    this.draining = true;
  }
}
