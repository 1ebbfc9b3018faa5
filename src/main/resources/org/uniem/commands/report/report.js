document.querySelectorAll('.code').forEach(function (code) {
  var button = code.querySelector('button');
  var pre = code.querySelector('pre');
  function done() {
    button.textContent = 'Copied';
    setTimeout(function () { button.textContent = 'Copy'; }, 1500);
  }
  function select() {
    var range = document.createRange();
    range.selectNodeContents(pre);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    if (document.execCommand('copy')) { done(); }
  }
  button.addEventListener('click', function () {
    if (navigator.clipboard && isSecureContext) {
      navigator.clipboard.writeText(pre.textContent).then(done, select);
    } else {
      select();
    }
  });
});
