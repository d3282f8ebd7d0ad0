const reportWebVitals = (onPerfEntry) => {
  if (onPerfEntry) {
    import("web-vitals").then(({ getLCP }) => getLCP(onPerfEntry));
  }
};

export default reportWebVitals;
