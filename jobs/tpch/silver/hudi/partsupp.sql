-- bronze partsupp → a Hudi (copy-on-write) table at ${silver}/partsupp. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.partsupp;
CREATE TABLE ${database}.partsupp
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 'ps_partkey,ps_suppkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/partsupp'
AS SELECT * FROM parquet.`${bronze}/partsupp.parquet`;
