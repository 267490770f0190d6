/** The command line: what the program says of itself, and why it does not start. */
import { helps } from './areas/helps';
import { obstacles } from './areas/obstacles';

helps();
obstacles();
