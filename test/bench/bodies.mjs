// Requests and answers of exact sizes, in the shape of the contract.

const names = ['Id', 'Age', 'Income', 'Region', 'Scored Labels', 'Scored Probabilities'];
const types = ['Int32', 'Double', 'Double', 'String', 'String', 'Double'];

/**
 * A request with ColumnNames and Values.
 * @param {number} bytes The size to reach, at least 1000.
 */
export function requestOf(bytes) {
  return filled(`{"Inputs":{"input1":{"ColumnNames":${JSON.stringify(names)},"Values":[`, ']}},"GlobalParameters":{}}', bytes);
}

/**
 * The answer that a service gives with details=true.
 * @param {number} bytes The size to reach, at least 1000.
 */
export function answerOf(bytes) {
  return filled(`{"Results":{"output1":{"type":"table","value":{"ColumnNames":${JSON.stringify(names)},"ColumnTypes":${JSON.stringify(types)},"Values":[`, ']}}}}', bytes);
}

/** @param {string} head @param {string} tail @param {number} bytes */
function filled(head, tail, bytes) {
  const rows = [];
  let length = head.length + tail.length;
  // Room for a last row that fills up what is left.
  for (let index = 0; length < bytes - 200; index += 1) {
    const text = row(index, 'north');
    rows.push(text);
    length += text.length + 1;
  }
  const last = row(rows.length, '');
  rows.push(row(rows.length, '.'.repeat(bytes - length - last.length)));
  return head + rows.join(',') + tail;
}

/** @param {number} index @param {string} region */
function row(index, region) {
  const share = ((index * 7919) % 10_007) / 10_007;
  return JSON.stringify([String(index), String(18 + (index % 60)), (share * 100_000).toFixed(2), region, share > 0.5 ? 'yes' : 'no', String(share)]);
}
