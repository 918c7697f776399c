/** Knex tells no types of its dialects, which its documentation lets one extend. */
declare module 'knex/lib/dialects/better-sqlite3' {
  const Client: any;
  export default Client;
}
declare module 'knex/lib/dialects/sqlite3/query/sqlite-querycompiler' {
  const QueryCompiler: any;
  export default QueryCompiler;
}
