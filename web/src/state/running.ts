// The engine with the open map, what the browser keeps, and reading the core again.

import { batch } from '@preact/signals';
import { Cancelled, type Engine, EngineError } from '../engine/client';
import type { CurvePoint, Matrix } from '../engine/contract';
import * as now from './session';
import type { Store } from './store';

/** The engine of the open map, and the browser's store; `null` until they are there. */
export const running: { engine: Engine | null; store: Store | null } = { engine: null, store: null };

/** The engine with the open map. */
export function current(): Engine {
  if (!running.engine) throw new EngineError('No map is open. Open one first.', null, false);
  return running.engine;
}

/** Says what went wrong, where, and what to do. */
export function report(what: string, problem: unknown): void {
  if (problem instanceof Cancelled) return;
  const message = problem instanceof Error ? problem.message : String(problem);
  const place = problem instanceof EngineError ? problem.place : null;
  now.trouble.value = { what, message, place, broken: problem instanceof EngineError && problem.broken };
}

/** Runs something that may fail, and reports the failure. */
export async function attempt(what: string, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (problem) {
    report(what, problem);
  }
}

/** Shows the table of a pathway, which was asked for at that time. */
export function showTable(pathway: string, table: Matrix, began: number): void {
  batch(() => {
    now.matrix.value = table;
    now.tableOf.value = pathway;
    now.noMatrix.value = '';
    now.lastDerived.value = performance.now() - began;
  });
}

/** Reads the matrix and the curve of the pathway again. */
export async function refresh(): Promise<void> {
  const pathway = now.pathwayId.value;
  if (!pathway || !running.engine) return;
  try {
    const began = performance.now();
    const table = await running.engine.json<Matrix>('matrix', pathway);
    showTable(pathway, table, began);
    now.curve.value = await running.engine.json<CurvePoint[]>('curve', pathway);
  } catch (problem) {
    if (!(problem instanceof EngineError) || problem.broken) throw problem;
    batch(() => {
      now.matrix.value = null;
      now.curve.value = [];
      now.noMatrix.value = problem.message;
    });
  }
}

