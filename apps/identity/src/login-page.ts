import type { DemoPerson } from './staff';

/** A plain page: pick a person, no password. It says itself that it is for showing only. */
export function loginPage(persons: readonly DemoPerson[], wrong?: string): string {
  const rows = persons.map(
    ({ id, name, unit, roles }) => `<tr>
      <td><button name="person" value="${text(id)}">${text(name)}</button></td>
      <td>${text(unit)}</td><td>${text(roles.join(', '))}</td></tr>`,
  );
  return `<!doctype html>
<html lang="id">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Garda: masuk (demo)</title>
<style>body{font:1rem/1.5 system-ui;max-width:48rem;margin:2rem auto;padding:0 1rem}td,th{padding:.25rem 1rem .25rem 0;text-align:left}</style>
</head>
<body>
<main>
<h1>Masuk sebagai …</h1>
<p>Hanya untuk demo: pilih satu orang, tanpa sandi. <span lang="en">Demo only: pick a person, no password.</span></p>
${wrong === undefined ? '' : `<p role="alert">Tidak ada orang bernama “${text(wrong)}” di sini.</p>`}
<form method="post">
<table>
<thead><tr><th scope="col">Nama</th><th scope="col">Unit</th><th scope="col">Peran</th></tr></thead>
<tbody>${rows.join('\n')}</tbody>
</table>
</form>
</main>
</body>
</html>
`;
}

function text(value: string): string {
  return value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
