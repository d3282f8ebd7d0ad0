setInterval(function () {
  document.title = new Date().toString();
}, 1000);
