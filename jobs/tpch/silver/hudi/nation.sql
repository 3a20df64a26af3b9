-- bronze nation → a Hudi (copy-on-write) table at ${silver}/nation. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.nation;
CREATE TABLE ${database}.nation
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'n_nationkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/nation'
AS SELECT * FROM parquet.`${bronze}/nation.parquet`;
