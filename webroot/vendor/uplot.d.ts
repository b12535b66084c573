// What the page uses of uPlot (https://github.com/leeoniya/uPlot), by hand: just enough for types in an editor.
export default class uPlot {
  constructor(options: object, data: (number | null)[][], target: HTMLElement);
  readonly width: number;
  setData(data: (number | null)[][]): void;
  setSize(size: { width: number; height: number }): void;
  destroy(): void;
}
