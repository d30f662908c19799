// Removes the run's folder: logs with canaries in them are nobody's souvenir.

import { rmSync } from 'node:fs';
import { runFolder } from './record.js';

export default function end() {
  rmSync(runFolder(), { recursive: true, force: true });
}
