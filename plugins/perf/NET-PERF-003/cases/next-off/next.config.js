module.exports = {
  compress: false, // finding: NET-PERF-003
};
