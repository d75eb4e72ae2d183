(()=>{const d=document,s=d.getElementById('tools'),p=[...d.querySelectorAll('#panels details.panel')];
if(s&&p.length){const b=d.createElement('button');b.type='button';const w=()=>{b.textContent=p.some(x=>!x.open)?'Open all measures':'Close all measures'};
b.onclick=()=>{const o=p.some(x=>!x.open);p.forEach(x=>{x.open=o});w()};w();s.append(b)}
const go=()=>{const e=location.hash&&d.getElementById(decodeURIComponent(location.hash.slice(1)));if(e){const q=e.closest('details');if(q)q.open=true;e.scrollIntoView()}};
addEventListener('hashchange',go);go();
addEventListener('beforeprint',()=>d.querySelectorAll('details').forEach(x=>{x.dataset.was=x.open?1:'';x.open=true}));
addEventListener('afterprint',()=>d.querySelectorAll('details').forEach(x=>{x.open=!!x.dataset.was}))})()
