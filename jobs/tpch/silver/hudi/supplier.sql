-- bronze supplier → a Hudi (copy-on-write) table at ${silver}/supplier. Variables: bronze, silver, database, compression.
CREATE DATABASE IF NOT EXISTS ${database};
DROP TABLE IF EXISTS ${database}.supplier;
CREATE TABLE ${database}.supplier
USING hudi
TBLPROPERTIES (
  type = 'cow',
  primaryKey = 's_suppkey',
  'hoodie.write.table.version' = '6',
  'hoodie.parquet.compression.codec' = '${compression}'
)
LOCATION '${silver}/supplier'
AS SELECT * FROM parquet.`${bronze}/supplier.parquet`;
