/**
 * Plans of other tools in our words: a text in, YAML and notes out. Pure.
 *
 * `formats/` has a file for each tool, and one line in its registry. A source is
 * read through `SourceNode`, which remembers what was read: what no importer
 * looked at is noted as lost, so that nothing disappears in silence.
 */
export { importPlan } from './importPlan';
